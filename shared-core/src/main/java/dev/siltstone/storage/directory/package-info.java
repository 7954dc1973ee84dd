/** Objects as files under a folder that several processes may share. */
@NullMarked
package dev.siltstone.storage.directory;

import org.jspecify.annotations.NullMarked;
