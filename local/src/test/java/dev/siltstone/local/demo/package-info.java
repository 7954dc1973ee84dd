@NullMarked
package dev.siltstone.local.demo;

import org.jspecify.annotations.NullMarked;
