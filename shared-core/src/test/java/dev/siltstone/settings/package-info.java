@NullMarked
package dev.siltstone.settings;

import org.jspecify.annotations.NullMarked;
