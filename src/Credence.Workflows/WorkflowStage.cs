namespace Credence.Workflows;

/// <summary>The names of the stages. Cross-validation has one stage per fold, <c>fold 1 of 5</c>.</summary>
public static class WorkflowStage
{
    /// <summary>Data or scores are read.</summary>
    public const string Reading = "reading";

    /// <summary>A classifier is trained.</summary>
    public const string Training = "training";

    /// <summary>A calibrator is chosen and fitted.</summary>
    public const string Calibrating = "calibrating";

    /// <summary>The metrics are computed.</summary>
    public const string Evaluating = "evaluating";

    /// <summary>The data's SHA-256 is computed.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>Prediction sets are evaluated over random splits.</summary>
    public const string Sets = "sets";

    /// <summary>Adaptive prediction sets are evaluated.</summary>
    public const string AdaptiveSets = "adaptive sets";

    /// <summary>Out-of-distribution scores are evaluated.</summary>
    public const string Outliers = "strange rows";

    /// <summary>Two models are compared.</summary>
    public const string Comparing = "comparing";

    /// <summary>Rows are read and predicted.</summary>
    public const string Predicting = "predicting";
}
