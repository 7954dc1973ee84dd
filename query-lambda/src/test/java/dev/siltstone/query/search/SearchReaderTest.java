package dev.siltstone.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.RecordId;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchReaderTest {
  @Test
  void anEmptySearchListsEverything() {
    SearchPayload search = read("{}");
    assertThat(search.ids()).isNull();
    assertThat(search.where()).isEqualTo(Where.And.EVERY_RECORD);
    assertThat(search.rank()).isNull();
    assertThat(search.limit()).isNull();
    assertThat(search.offset()).isZero();
    assertThat(search.select()).isEmpty();
  }

  @Test
  void readsAFilterAsClientsSendIt() {
    SearchPayload search = read("{'filter':{'year':{'$gt':3}}}");
    assertThat(search.where()).isEqualTo(WhereParser.parse(Map.of("year", Map.of("$gt", 3L))));
  }

  @Test
  void readsAFilterInParts() {
    SearchPayload search =
        read("{'filter':{'query_ids':['a','b'],'where_clause':{'year':{'$gt':3}}}}");
    assertThat(search.ids()).containsExactly(new RecordId("a"), new RecordId("b"));
    assertThat(search.where()).isEqualTo(WhereParser.parse(Map.of("year", Map.of("$gt", 3L))));
  }

  @Test
  void takesIdsOutOfAConjunction() {
    SearchPayload search =
        read("{'filter':{'$and':[{'#id':{'$in':['a','b']}},{'year':3},{'#id':'b'}]}}");
    assertThat(search.ids()).containsExactly(new RecordId("b"));
    assertThat(search.where())
        .isEqualTo(WhereParser.parse(Map.of("$and", List.of(Map.of("year", 3L)))));
  }

  @Test
  void readsPageAndSelection() {
    SearchPayload search =
        read("{'limit':{'offset':2,'limit':5},'select':{'keys':['#score','year','#document']}}");
    assertThat(search.offset()).isEqualTo(2);
    assertThat(search.limit()).isEqualTo(5);
    assertThat(search.selects(SearchKey.Part.SCORE)).isTrue();
    assertThat(search.selects(SearchKey.Part.METADATA)).isFalse();
    assertThat(search.fields()).containsExactly("year");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rank':{'$val':1}} | rank: a rank needs at least one $knn",
        "{'rank':{'$knn':{'query':[1]},'$val':1}} | rank: expected exactly one operation",
        "{'rank':{'$pow':1}} | rank: unknown operation $pow",
        "{'rank':{'$knn':{'query':[1],'limit':0}}} | rank.$knn.limit: expected a whole number of at"
            + " least 1",
        "{'rank':{'$knn':{'query':['x']}}} | rank.$knn.query[0]: expected a number",
        "{'rank':{'$knn':{'query':'text'}}} | embed the text first",
        "{'rank':{'$sum':[]}} | rank.$sum: expected at least one element",
        "{'rank':{'$sub':{'left':{'$val':1}}}} | rank.$sub.right: expected an object",
        "{'rank':7} | rank: expected an object",
        "{'group_by':{'keys':['k'],'aggregate':{'$min_k':{'keys':['#score'],'k':1}}}} | group_by"
            + " needs a rank",
        "{'rank':{'$knn':{'query':[1]}},'group_by':{'keys':['#score'],'aggregate':{}}} | grouped by"
            + " fields",
        "{'rank':{'$knn':{'query':[1]}},'group_by':{'keys':['k'],'aggregate':{}}} | expected either"
            + " $min_k or $max_k",
        "{'limit':{'limit':-1}} | limit.limit: expected a whole number of at least 0",
        "{'select':{'keys':[1]}} | select.keys[0]: expected a string",
        "{'filter':{'#id':{'$nin':['a']}}} | #id takes $in or $eq"
      })
  void saysWhatIsWrongAndWhere(String search, String message) {
    assertThatThrownBy(() -> read(search))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(422))
        .hasMessageContaining("searches[0]")
        .hasMessageContaining(message);
  }

  @Test
  void refusesConditionsThatBreakTheRules() {
    assertThatThrownBy(() -> read("{'filter':{'year':{'$gt':'x'}}}"))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> read("{'rank':{'$knn':{'query':[1e60]}}}"))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void boundsTheWorkOfOneRequest() {
    String knn = "{'$knn':{'query':[1]}}";
    String many = (knn + ",").repeat(RankReader.MAX_KNN) + knn;
    assertThatThrownBy(() -> read("{'rank':{'$sum':[" + many + "]}}"))
        .hasMessageContaining("more than 32 $knn");
    String values = "{'$val':1},".repeat(RankReader.MAX_OPERATIONS) + knn;
    assertThatThrownBy(() -> read("{'rank':{'$sum':[" + values + "]}}"))
        .hasMessageContaining("more than 10000 operations");
  }

  @Test
  void boundsTheSearchesOfARequestTogether() {
    String knn = "{'$knn':{'query':[1]}}";
    String ranked = "{'rank':{'$sum':[" + (knn + ",").repeat(31) + knn + "]}}";
    assertThat(readAll((ranked + ",").repeat(9) + ranked)).hasSize(10);
    assertThatThrownBy(() -> readAll((ranked + ",").repeat(10) + ranked))
        .hasMessageContaining("more than 320 $knn in one request");
    String filtered = "{'filter':{'$or':[" + "{'k':1},".repeat(997) + "{'k':1}]}}";
    assertThatThrownBy(() -> readAll((filtered + ",").repeat(2) + filtered))
        .hasMessageContaining("more than 2000 conditions in one request");
    String ids = "{'filter':{'query_ids':[" + "'a',".repeat(50_000) + "'a']}}";
    assertThatThrownBy(() -> readAll(ids + "," + ids))
        .hasMessageContaining("Too many ids: more than 100000");
    assertThatThrownBy(() -> read("{'select':{'keys':[" + "'k',".repeat(256) + "'k']}}"))
        .hasMessageContaining("more than 256 keys");
  }

  @Test
  void doesNotSearchSparseVectors() {
    for (String knn :
        List.of("{'query':{'indices':[1],'values':[1]}}", "{'query':[1],'key':'sparse'}")) {
      assertThatThrownBy(() -> read("{'rank':{'$knn':" + knn + "}}"))
          .isInstanceOfSatisfying(
              ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(501));
    }
  }

  private static SearchPayload read(String search) {
    return readAll(search).getFirst();
  }

  private static List<SearchPayload> readAll(String searches) {
    String body = "{\"searches\":[" + searches.replace('\'', '"') + "]}";
    return SearchReader.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
