package dev.siltstone.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.json.WriteKind;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Receipt;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.RecordId;
import dev.siltstone.storage.ObjectKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteEventTest {
  @Test
  void namesTheCollectionByNameInTheDefaultDatabase() {
    var batch =
        (WriteBatch.Records)
            parse("{'collection':'docs','operation':'add','ids':['a'],'embeddings':[[1,2]]}");
    assertThat(batch.collection())
        .isEqualTo(
            new CollectionRef.ByName(
                TenantName.DEFAULT, DatabaseName.DEFAULT, new CollectionName("docs")));
    assertThat(batch.request().kind()).isEqualTo(WriteKind.ADD);
    assertThat(batch.request().embeddings()).containsExactly(Embedding.of(1, 2));
  }

  @Test
  void namesTheCollectionByIdInAGivenDatabase() {
    String id = "0198c0de-0000-7000-8000-0000000000ff";
    var batch =
        parse(
            "{'ids':['a'],'documents':['x'],'operation':'upsert','tenant':'ten','database':'dat',"
                + "'collection':'"
                + id
                + "','note':{'ignored':[1]}}");
    assertThat(batch.collection())
        .isEqualTo(
            new CollectionRef.ById(
                new TenantName("ten"), new DatabaseName("dat"), CollectionId.parse(id)));
  }

  @Test
  void deletesByIds() {
    var batch = parse("{'collection':'docs','operation':'delete','ids':['a','b']}");
    assertThat(((WriteBatch.Deletion) batch).ids())
        .containsExactly(new RecordId("a"), new RecordId("b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'operation':'add','ids':[],'embeddings':[]} | \"collection\"",
        "{'collection':'docs','ids':[],'embeddings':[]} | \"operation\"",
        "{'collection':'docs','operation':'drop','ids':[]} | Unknown operation \"drop\"",
        "{'collection':'docs','operation':'delete'} | needs \"ids\"",
        "{'collection':'docs','operation':'delete','where':{'a':1}} | by filter",
        "{'collection':'a','operation':'delete','ids':[]} | 3-512 characters",
        "{'collection':'docs', | Failed to parse"
      })
  void saysWhatIsWrong(String payload, String message) {
    assertThatThrownBy(() -> parse(payload))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void answersKeyCountAndSequence() {
    var receipt = new Receipt(new Sequence(17), new ObjectKey("delta/c/d.delta"), 2);
    assertThat(new String(WriteEvent.answer(Optional.of(receipt)), UTF_8))
        .isEqualTo("{\"delta_key\":\"delta/c/d.delta\",\"count\":2,\"sequence\":17}");
    assertThat(new String(WriteEvent.answer(Optional.empty()), UTF_8))
        .isEqualTo("{\"delta_key\":null,\"count\":0,\"sequence\":null}");
  }

  private static WriteBatch parse(String payload) {
    return WriteEvent.parse(payload.replace('\'', '"').getBytes(UTF_8));
  }
}
