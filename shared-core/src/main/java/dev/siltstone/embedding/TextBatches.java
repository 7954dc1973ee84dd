package dev.siltstone.embedding;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.record.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * How texts are sent to a remote function: cut into requests, of which a few are under way at a
 * time; the answers come back in the order of the texts. The first failure ends them all.
 *
 * @param maxTexts in one request
 * @param maxCharacters in one request, unless one text alone is longer
 * @param concurrency requests at a time
 */
public record TextBatches(int maxTexts, int maxCharacters, int concurrency) {
  public TextBatches {
    if (maxTexts < 1 || maxCharacters < 1 || concurrency < 1) {
      throw new IllegalArgumentException(
          "batches of %d texts, %d characters, %d at a time"
              .formatted(maxTexts, maxCharacters, concurrency));
    }
  }

  /** Embeds all texts; {@code request} answers one embedding per text of one batch. */
  public List<Embedding> embed(
      List<String> texts, Function<List<String>, List<Embedding>> request) {
    List<List<String>> batches = cut(texts);
    return batches.size() == 1 ? request.apply(batches.getFirst()) : embedAll(batches, request);
  }

  private List<List<String>> cut(List<String> texts) {
    List<List<String>> batches = new ArrayList<>();
    int from = 0;
    while (from < texts.size()) {
      int to = endOfBatch(texts, from);
      batches.add(texts.subList(from, to));
      from = to;
    }
    return batches;
  }

  private int endOfBatch(List<String> texts, int from) {
    int to = from + 1;
    long characters = texts.get(from).length();
    while (to < texts.size() && to - from < maxTexts) {
      characters += texts.get(to).length();
      if (characters > maxCharacters) {
        break;
      }
      to++;
    }
    return to;
  }

  private List<Embedding> embedAll(
      List<List<String>> batches, Function<List<String>, List<Embedding>> request) {
    try (ExecutorService senders =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().factory())) {
      List<Future<List<Embedding>>> answers = new ArrayList<>();
      for (List<String> batch : batches) {
        answers.add(senders.submit(() -> request.apply(batch)));
      }
      return joined(senders, answers);
    }
  }

  private static List<Embedding> joined(
      ExecutorService senders, List<Future<List<Embedding>>> answers) {
    try {
      List<Embedding> all = new ArrayList<>();
      for (Future<List<Embedding>> answer : answers) {
        all.addAll(answer.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while embedding", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("embedding failed", e.getCause());
    } finally {
      senders.shutdownNow();
    }
  }
}
