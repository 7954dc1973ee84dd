package dev.siltstone.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;
import org.junit.jupiter.api.Test;

class VectorBufferTest {
  @Test
  void tablesHandedOutStayAsTheyWereWhileTheBufferGrows() {
    VectorBuffer buffer = new VectorBuffer(Space.COSINE, 3);
    VectorTable[] tables = new VectorTable[1000];
    for (int row = 0; row < tables.length; row++) {
      assertThat(buffer.append(Embedding.of(row + 1, 0, row))).isEqualTo(row);
      tables[row] = buffer.table();
    }
    float[] values = new float[3];
    for (int table = 0; table < tables.length; table++) {
      assertThat(tables[table].rows()).isEqualTo(table + 1);
      for (int row : new int[] {0, table / 2, table}) {
        tables[table].copyRow(row, values);
        assertThat(values).containsExactly(row + 1, 0, row);
        assertThat(tables[table].inverseNorm(row)).isEqualTo(InverseNorm.of(values));
      }
    }
  }

  @Test
  void refusesAForeignDimension() {
    VectorBuffer buffer = new VectorBuffer(Space.L2, 2);
    assertThatThrownBy(() -> buffer.append(Embedding.of(1)))
        .hasMessage("a vector of dimension 1 among those of 2");
  }
}
