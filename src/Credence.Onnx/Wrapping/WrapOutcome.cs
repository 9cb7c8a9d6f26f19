using Credence.Onnx.Format;
using Credence.Persistence;
using Credence.Workflows.Scores;
using Google.Protobuf;

namespace Credence.Onnx.Wrapping;

/// <summary>A calibrated ONNX classifier, not yet written, and what it was checked against.</summary>
public sealed class WrapOutcome
{
    internal WrapOutcome(ModelProto model, CalibrationOutcome calibration)
    {
        Model = model;
        Calibration = calibration;
    }

    /// <summary>What the model's output was found to be, in words.</summary>
    public required string Found { get; init; }

    /// <summary>The calibrator, how it was chosen, and the figures before and after.</summary>
    public CalibrationOutcome Calibration { get; }

    /// <summary>The name of the output of calibrated probabilities.</summary>
    public required string Probabilities { get; init; }

    /// <summary>The name of the output of prediction sets; null without sets.</summary>
    public required string? Sets { get; init; }

    /// <summary>The name of the output that says where no answer should be given.</summary>
    public required string Abstain { get; init; }

    /// <summary>The largest difference over all rows between the file's calibrated probabilities and the calibrator's own.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>The largest difference over all rows between the outputs before and after, of those that were kept.</summary>
    public required double LargestChange { get; init; }

    internal ModelProto Model { get; }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">It can't be written; an existing one is unchanged.</exception>
    public void Save(string path)
    {
        using PendingFile file = Prepare(path);
        file.Publish();
    }

    /// <summary>Writes what <see cref="Save"/> does to a file that gets its name later.</summary>
    /// <param name="path">The file that it will overwrite.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public PendingFile Prepare(string path) => WholeFile.Prepare(path, stream => stream.Write(Model.ToByteArray()));
}
