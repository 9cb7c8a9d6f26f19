using Credence.Files.Inputs;
using Credence.Workflows.Training;

namespace Credence.Workflows.Tests;

/// <summary>What training would need is said before it begins.</summary>
public class MemoryNeedTests
{
    [Fact]
    public void ManyClasses_AreRefusedByTheirScores_WithTheWayOut()
    {
        string path = Path.GetTempFileName();
        try
        {
            // 2,000 rows × (40 + 32 × 1,000 classes + 2 × 8 bytes of a number).
            File.WriteAllText(path, "x,label\n" + string.Concat(Enumerable.Range(0, 2000).Select(row => $"{row}.5,c{row / 2}\n")));
            var input = new DataInput(path) { Reading = new ReadOptions { Label = "label", MaxMemoryBytes = 64_111_999 } };

            var options = new TrainingWorkflowOptions { Folds = 2 };
            var error = Assert.Throws<InsufficientMemoryException>(() => TrainingData.Read(input, options));

            Assert.Equal("2,000 rows of 1 column and 1,000 classes need about 64 MB of memory, above the limit of 64 MB. Read fewer rows "
                + "or columns, or set ReadOptions.MaxMemoryBytes higher. Set TrainingWorkflowOptions.Streaming to train from disk, in "
                    + "memory "
                + "that does not grow with the rows.", error.Message);
            input = input with { Reading = input.Reading with { MaxMemoryBytes = 64_112_000 } };
            Assert.Equal(1000, TrainingData.Read(input, options).Train.Labels!.Classes);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
