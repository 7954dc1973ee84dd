package dev.siltstone.permissions;

import dev.siltstone.cdk.props.StackContext;
import java.util.Map;

/** Which stack's policies recorded calls are held against. */
public enum DeployedStack {
  /** As {@code cdk deploy} makes it, no option given. */
  DEFAULT,

  /** With those options that let functions call more. */
  WITH_OPTIONS;

  StackContext context() {
    return new StackContext(
        switch (this) {
          case DEFAULT -> Map.of();
          case WITH_OPTIONS ->
              Map.of(
                  "siltstone:ingestQueue", "true",
                  "siltstone:importFiles", "true",
                  "siltstone:warmUp", "true");
        });
  }

  /** What CloudFormation calls it. */
  String id() {
    return this == DEFAULT ? "Default" : "WithOptions";
  }
}
