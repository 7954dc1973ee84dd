/**
 * Siltstone at work, shown step by step: texts become passages ({@link
 * dev.siltstone.local.demo.PassageSplitter}), several producers embed and write them, the compactor
 * folds them, questions find them.
 */
@NullMarked
package dev.siltstone.local.demo;

import org.jspecify.annotations.NullMarked;
