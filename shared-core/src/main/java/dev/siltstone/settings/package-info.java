/**
 * What a deployment is told from outside, as environment variables: {@link
 * dev.siltstone.settings.SettingName} is shared by the stack that sets them and the functions that
 * read them, each once, at start. Knows only the JDK.
 */
@NullMarked
package dev.siltstone.settings;

import org.jspecify.annotations.NullMarked;
