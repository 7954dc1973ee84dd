@NullMarked
package dev.siltstone.api.gateway;

import org.jspecify.annotations.NullMarked;
