/**
 * What an operation answers: named facts and tables ({@link dev.siltstone.report.Report}) of values
 * ({@link dev.siltstone.report.Figure}) that know how people read them and what they are in JSON.
 * The command line shows either; a function answers the JSON.
 */
@NullMarked
package dev.siltstone.report;

import org.jspecify.annotations.NullMarked;
