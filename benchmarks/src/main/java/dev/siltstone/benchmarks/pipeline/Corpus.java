package dev.siltstone.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded documents of about 300 characters from 20,000 words, frequent ones more often. */
final class Corpus {
  private static final int WORDS = 20_000;
  private static final int LENGTH = 300;

  private final String[] words = new String[WORDS];
  private final List<String> documents = new ArrayList<>();

  Corpus(int count, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < WORDS; i++) {
      words[i] = word(random, i);
    }
    for (int i = 0; i < count; i++) {
      documents.add(document(random));
    }
  }

  List<String> documents() {
    return documents;
  }

  long characters() {
    return documents.stream().mapToLong(String::length).sum();
  }

  /** The word, with a space before and after, that is in about this share of the documents. */
  String wordIn(double share) {
    List<String> sample = documents.subList(0, Math.min(4_000, documents.size()));
    long wanted = Math.round(share * sample.size());
    return IntStream.range(0, 600)
        .mapToObj(i -> words[i * i / 20])
        .filter(word -> word.length() > 4)
        .map(word -> " " + word + " ")
        .min(Comparator.comparingLong(word -> Math.abs(found(sample, word) - wanted)))
        .orElseThrow();
  }

  /** Two words that follow each other in some document. */
  String phrase() {
    String document = documents.get(documents.size() / 2);
    int start = document.indexOf(' ') + 1;
    return document.substring(start, document.indexOf(' ', document.indexOf(' ', start) + 1));
  }

  private static long found(List<String> documents, String text) {
    return documents.stream().filter(document -> document.contains(text)).count();
  }

  /** Letters as frequent as in English, about; the first words are short. */
  private static String word(Random random, int number) {
    String letters = "etaoinshrdlcumwfgypbvkjxqz";
    StringBuilder word = new StringBuilder();
    for (int length = (number < 50 ? 2 : 4) + random.nextInt(7); length > 0; length--) {
      double skewed = Math.pow(random.nextDouble(), 1.7);
      word.append(letters.charAt((int) (skewed * letters.length())));
    }
    return word.append(number % 7 == 0 ? "ing" : "").toString();
  }

  private String document(Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      double skewed = Math.pow(random.nextDouble(), 4);
      text.append(words[(int) (skewed * WORDS)]).append(' ');
    }
    return text.toString();
  }
}
