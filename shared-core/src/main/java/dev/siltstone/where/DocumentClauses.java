package dev.siltstone.where;

import dev.siltstone.where.TreeShape.OnlyEntry;
import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.NotContains;
import dev.siltstone.where.Where.NotRegex;
import dev.siltstone.where.Where.Regex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads conditions on the document: a whole {@code where_document}, or one in a {@code where}. */
final class DocumentClauses {
  private final TreeShape shape;

  DocumentClauses(TreeShape shape) {
    this.shape = shape;
  }

  Where where(@Nullable Object tree, int depth) {
    OnlyEntry entry = shape.onlyEntry(tree, depth);
    shape.countCondition();
    return switch (entry.key()) {
      case "$and" -> new Where.And(children(entry.value(), depth));
      case "$or" -> new Where.Or(children(entry.value(), depth));
      default -> condition(entry);
    };
  }

  Where condition(OnlyEntry entry) {
    shape.countDocumentCondition();
    if (!(entry.value() instanceof String text)) {
      throw shape.invalid();
    }
    return switch (entry.key()) {
      case "$contains" -> new Contains(text);
      case "$not_contains" -> new NotContains(text);
      case "$regex" -> new Regex(DocumentPattern.compile(text));
      case "$not_regex" -> new NotRegex(DocumentPattern.compile(text));
      default -> throw shape.invalid();
    };
  }

  private List<Where> children(@Nullable Object value, int depth) {
    return shape.list(value).stream().map(child -> where(child, depth + 1)).toList();
  }
}
