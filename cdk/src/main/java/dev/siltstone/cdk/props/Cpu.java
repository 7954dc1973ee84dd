package dev.siltstone.cdk.props;

/** The functions' processor. */
public enum Cpu {
  ARM64("arm64"),
  X86_64("x86_64");

  private final String wireName;

  Cpu(String wireName) {
    this.wireName = wireName;
  }

  static Cpu parse(String text) {
    for (Cpu cpu : values()) {
      if (cpu.wireName.equals(text)) {
        return cpu;
      }
    }
    throw new IllegalArgumentException(
        "%s is '%s'; it is arm64 or x86_64".formatted(StackOption.ARCHITECTURE.key(), text));
  }

  /** Lambda's word for it. */
  public String wireName() {
    return wireName;
  }
}
