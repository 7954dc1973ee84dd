package dev.siltstone.cdk.props;

import org.jspecify.annotations.Nullable;

/** Who makes vectors from documents and query texts. */
public sealed interface Embedding {
  /** Clients do. */
  record None() implements Embedding {}

  /**
   * A model at Bedrock; the functions get the right to invoke just this one.
   *
   * @param model such as {@code amazon.titan-embed-text-v2:0}
   * @param dimension values per vector
   */
  record Bedrock(String model, int dimension) implements Embedding {
    public Bedrock {
      Bounds.present(StackOption.EMBEDDING_MODEL, model);
      checkDimension(dimension);
    }
  }

  /**
   * An endpoint that speaks OpenAI's wire format.
   *
   * @param url what {@code /embeddings} is appended to
   * @param secret name of the secret that holds the API key; null where none is asked for
   * @param shortens whether the model can be asked for fewer values than it has
   */
  record OpenAi(String url, String model, int dimension, @Nullable String secret, boolean shortens)
      implements Embedding {
    public OpenAi {
      Bounds.present(StackOption.EMBEDDING_URL, url);
      Bounds.present(StackOption.EMBEDDING_MODEL, model);
      checkDimension(dimension);
    }
  }

  /** A model inside the function, which is refused: see {@link #whyNot}. */
  record InProcess() implements Embedding {
    static String whyNot(Cpu cpu) {
      String because =
          switch (cpu) {
            case ARM64 -> "its native library is not for arm64";
            case X86_64 -> "the functions' packages hold no model";
          };
      return "%s=in-process works in the local mode only: %s. Choose bedrock or openai, or none and let clients make the embeddings"
          .formatted(StackOption.EMBEDDING.key(), because);
    }
  }

  private static void checkDimension(int dimension) {
    Bounds.check(StackOption.EMBEDDING_DIMENSION, dimension, 1, 65_536);
  }
}
