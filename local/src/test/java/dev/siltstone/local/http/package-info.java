@NullMarked
package dev.siltstone.local.http;

import org.jspecify.annotations.NullMarked;
