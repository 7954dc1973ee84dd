package dev.siltstone.access.aws;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenHash;
import dev.siltstone.access.TokenId;
import dev.siltstone.access.TokenStore;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tokens as items of one partition, sorted by id: all of them come with one call. A scope's names
 * are lists; a list that is not there stands for all.
 */
public final class DynamoTokenStore implements TokenStore {
  private final AwsTable table;

  public DynamoTokenStore(AwsTable table) {
    this.table = table;
  }

  @Override
  public void add(AccessToken token) {
    Item item = encode(token);
    WriteResult result = table.write(TableWrite.put(item).whenAbsent());
    if (result instanceof WriteResult.Refused refused && !isMine(refused, token)) {
      throw new AlreadyExistsException("Token [" + token.id() + "] already exists");
    }
  }

  /** The write before this one, whose answer was lost, may have been ours. */
  private static boolean isMine(WriteResult.Refused refused, AccessToken token) {
    return token.hash().hex().equals(refused.found().textOrNull(TableLayout.TOKEN_HASH));
  }

  @Override
  public List<AccessToken> list() {
    return table.query(TableQuery.of(TableLayout.tokens()), Integer.MAX_VALUE).stream()
        .map(DynamoTokenStore::decode)
        .toList();
  }

  @Override
  public boolean revoke(TokenId id) {
    return table.write(TableWrite.delete(key(id)).whenPresent()) instanceof WriteResult.Applied;
  }

  private static Item key(TokenId id) {
    return TableLayout.listed(TableLayout.tokens(), id.value());
  }

  private static Item encode(AccessToken token) {
    Item item =
        key(token.id())
            .with(TableLayout.NAME, token.name())
            .with(TableLayout.ROLE, token.role().text())
            .with(TableLayout.TOKEN_HASH, token.hash().hex())
            .with(TableLayout.CREATED_AT, token.createdAt().toEpochMilli());
    item = named(item, TableLayout.TENANTS, token.scope().tenants().stream().map(Object::toString));
    return named(
        item, TableLayout.DATABASES, token.scope().databases().stream().map(Object::toString));
  }

  private static Item named(Item item, String attribute, Stream<String> names) {
    List<AttributeValue> values = names.sorted().map(AttributeValue::fromS).toList();
    return values.isEmpty() ? item : item.with(attribute, AttributeValue.fromL(values));
  }

  private static AccessToken decode(Item item) {
    return new AccessToken(
        new TokenId(item.number(TableLayout.SK)),
        item.text(TableLayout.NAME),
        Role.parse(item.text(TableLayout.ROLE)),
        new Scope(
            names(item, TableLayout.TENANTS, TenantName::new),
            names(item, TableLayout.DATABASES, DatabaseName::new)),
        new TokenHash(item.text(TableLayout.TOKEN_HASH)),
        Instant.ofEpochMilli(item.number(TableLayout.CREATED_AT)));
  }

  private static <T> Set<T> names(Item item, String attribute, Function<String, T> name) {
    @Nullable AttributeValue value = item.attributes().get(attribute);
    return value == null
        ? Set.of()
        : value.l().stream()
            .map(AttributeValue::s)
            .map(name)
            .collect(Collectors.toUnmodifiableSet());
  }
}
