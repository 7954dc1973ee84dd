package dev.siltstone.collection;

import dev.siltstone.failure.InvalidRequestException;
import java.util.regex.Pattern;

/** The rule that names of databases and collections share; clients match on these messages. */
final class ResourceNames {
  private static final Pattern FORM =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]");
  private static final Pattern IP_V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");

  private ResourceNames() {}

  static void check(String name, String messagePrefix) {
    if (!FORM.matcher(name).matches()) {
      throw new InvalidRequestException(
          messagePrefix
              + "Expected a name containing 3-512 characters from [a-zA-Z0-9._-], starting and"
              + " ending with a character in [a-zA-Z0-9]. Got: "
              + name);
    }
    if (name.contains("..")) {
      throw new InvalidRequestException(
          messagePrefix
              + "Expected a name that does not contains two consecutive periods (..). Got "
              + name);
    }
    if (IP_V4.matcher(name).matches()) {
      throw new InvalidRequestException(
          messagePrefix + "Expected a name that is not a valid ip address. Got " + name);
    }
  }
}
