package dev.siltstone.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextBatchesTest {
  private final List<List<String>> sent = Collections.synchronizedList(new ArrayList<>());

  @Test
  void cutsByCountAndByCharactersAndKeepsOrder() {
    List<String> texts = List.of("aaaa", "bb", "cc", "dddddddddddd", "e", "f", "g", "h");
    List<Embedding> embeddings = new TextBatches(3, 8, 2).embed(texts, this::lengths);
    assertThat(embeddings).isEqualTo(lengths(texts));
    assertThat(sent)
        .contains(
            List.of("aaaa", "bb", "cc"),
            List.of("dddddddddddd"),
            List.of("e", "f", "g"),
            List.of("h"));
  }

  @Test
  void neverHasMoreRequestsUnderWayThanAllowed() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> texts = IntStream.range(0, 60).mapToObj("x"::repeat).toList();
    new TextBatches(1, 100, 3)
        .embed(
            texts,
            batch -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              return lengths(batch);
            });
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void passesTheFirstFailureOn() {
    assertThatThrownBy(() ->
            new TextBatches(1, 100, 2)
                .embed(
                    List.of("good", "bad", "good"),
                    batch -> {
                      if (batch.contains("bad")) {
                        throw new InvalidRequestException("refused");
                      }
                      return lengths(batch);
                    }))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("refused");
  }

  private List<Embedding> lengths(List<String> texts) {
    sent.add(List.copyOf(texts));
    return texts.stream().map(text -> Embedding.of(text.length())).toList();
  }
}
