using Credence.Calibration.Selection;
using Credence.Linear;
using Credence.Linear.Path;
using Credence.LogitModels;

namespace Credence.Models.Learning;

/// <summary>A classifier with a record of its training: the candidates and the choices.</summary>
public sealed record ClassifierFit
{
    /// <summary>The classifier.</summary>
    public required Classifier Classifier { get; init; }

    /// <summary>The name of the candidate that won; empty where none was compared.</summary>
    public string Winner { get; init; } = "";

    /// <summary>The learners that were compared.</summary>
    public IReadOnlyList<LearnerCandidate> Candidates { get; init; } = [];

    /// <summary>The penalties that were tried and the chosen one; null where the model is not linear.</summary>
    public RegularizationPathResult<SoftmaxModel>? Path { get; init; }

    /// <summary>The calibrators that were tried and the chosen one; null where none was requested.</summary>
    public CalibratorSelection? Calibration { get; init; }

    /// <summary>Notes on the training rows for the user, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
