package dev.siltstone.local.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.siltstone.failure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The network: token ids in, one vector per token out; their mean, scaled to length 1, is the
 * text's vector. This is Chroma's definition of its default function (256 tokens, mean pooling over
 * the attention mask, L2 normalisation), with 8-bit weights. One run uses one core: parallelism is
 * the caller's.
 */
final class MiniLmModel implements AutoCloseable {
  static final int DIMENSION = 384;

  /** Chroma's window for this model. The vocabulary file's own, 128, would cut abstracts short. */
  static final int MAX_TOKENS = 256;

  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer;

  private MiniLmModel(
      OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /** Reads weights and vocabulary from the class path; about half a second. */
  static MiniLmModel load() {
    try (InputStream weights = resource(WEIGHTS);
        InputStream vocabulary = resource(TOKENIZER);
        SessionOptions options = options()) {
      WordPieceTokenizer tokenizer = WordPieceTokenizer.read(vocabulary);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = environment.createSession(weights.readAllBytes(), options);
      return new MiniLmModel(environment, session, tokenizer);
    } catch (IOException | OrtException | UnsatisfiedLinkError e) {
      throw new UnavailableException("the all-MiniLM-L6-v2 model cannot be loaded", e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = MiniLmModel.class.getResourceAsStream(name);
    if (found == null) {
      throw new IOException("no resource " + name);
    }
    return found;
  }

  /** One thread per run, and none that spins while idle: a database must not warm the room. */
  private static SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  /** The vector of the first {@link #MAX_TOKENS} tokens. */
  float[] embed(String text) {
    long[] tokens = tokenizer.encode(text, MAX_TOKENS);
    long[] attention = new long[tokens.length];
    Arrays.fill(attention, 1);
    long[] shape = {1, tokens.length};
    try (OnnxTensor ids = tensor(tokens, shape);
        OnnxTensor mask = tensor(attention, shape);
        OnnxTensor types = tensor(new long[tokens.length], shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return normalized(summed(((OnnxTensor) result.get(0)).getFloatBuffer()));
    } catch (OrtException e) {
      throw new UnavailableException("the all-MiniLM-L6-v2 model failed", e);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** The sum points where the mean does, and only the direction is kept. */
  private static float[] summed(FloatBuffer tokenVectors) {
    float[] sum = new float[DIMENSION];
    float[] one = new float[DIMENSION];
    while (tokenVectors.hasRemaining()) {
      tokenVectors.get(one);
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += one[i];
      }
    }
    return sum;
  }

  private static float[] normalized(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.max(Math.sqrt(squares), 1e-12));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new UnavailableException("the all-MiniLM-L6-v2 model cannot be closed", e);
    }
  }
}
