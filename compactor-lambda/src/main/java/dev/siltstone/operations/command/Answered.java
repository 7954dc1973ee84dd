package dev.siltstone.operations.command;

import dev.siltstone.report.Report;

/**
 * What a command answers.
 *
 * @param clean false if it found something wrong, or left something to be done
 */
public record Answered(Report report, boolean clean) {
  static Answered clean(Report report) {
    return new Answered(report, true);
  }
}
