package dev.siltstone.permissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that IAM decides about: an API call, or one of the actions that it stands for.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource an ARN; bucket, table and queue are called {@code DATA}, {@code TABLE}, {@code
 *     NOTICES} and {@code IMPORTS} whatever their names are
 * @param context what conditions can ask for, each with one or more values
 */
record Call(String action, String resource, Map<String, List<String>> context) {
  static final String BUCKET = "arn:aws:s3:::DATA";
  static final String TABLE = "arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE";
  static final String QUEUE = "arn:aws:sqs:eu-central-1:111122223333:NOTICES";

  static final String IMPORT_QUEUE = "arn:aws:sqs:eu-central-1:111122223333:IMPORTS";

  static final String QUERY = "arn:aws:lambda:eu-central-1:111122223333:function:QUERY:live";

  private static final ObjectMapper JSON = new ObjectMapper();

  Call {
    context = Map.copyOf(context);
  }

  static Call of(String action, String resource) {
    return new Call(action, resource, Map.of());
  }

  /** This call with one more fact about it. */
  Call with(String key, String... values) {
    Map<String, List<String>> more = new TreeMap<>(context);
    more.put(key, List.of(values));
    return new Call(action, resource, more);
  }

  String toLine() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls in a file, each kind once. */
  static List<Call> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().distinct().map(Call::parse).toList();
  }

  private static Call parse(String line) {
    try {
      return JSON.readValue(line, Call.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
