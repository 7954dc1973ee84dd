package dev.siltstone.contract;

import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.LocalStack;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.Optional;

/** Which family keeps a contract, on the class that says so; a subclass may say otherwise. */
@Retention(RetentionPolicy.RUNTIME)
@interface On {
  Kind value();

  /** The families that there are. */
  enum Kind {
    EMBEDDED,
    AWS,
    LOCAL_STACK;

    /** Empty for a class that brings adapters of its own. */
    static Optional<Kind> of(Class<?> contract) {
      for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
        On on = type.getDeclaredAnnotation(On.class);
        if (on != null) {
          return Optional.of(on.value());
        }
      }
      return Optional.empty();
    }

    Families open(Path folder) {
      return switch (this) {
        case EMBEDDED -> Families.embedded(folder);
        case AWS -> Families.aws(AwsServices.emulated());
        case LOCAL_STACK -> Families.aws(LocalStack.services());
      };
    }
  }
}
