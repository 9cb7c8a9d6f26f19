using Credence.Evaluation;
using Credence.Optimization;
using Credence.Report.Plots;
using Credence.Report.Sections;

namespace Credence.Report.Page;

/// <summary>The content of a report. Only the title is required: a section appears where its content is given.</summary>
public sealed record ReportModel
{
    /// <summary>The subject of the report, such as "iris.data, class".</summary>
    public required string Title { get; init; }

    /// <summary>The kind of report, above the title, such as "Training report".</summary>
    public string Kind { get; init; } = "Report";

    /// <summary>The main finding, in one sentence; where absent it is made from <see cref="Evaluation"/>.</summary>
    public string? Verdict { get; init; }

    /// <summary>What a reader should know before relying on the metrics, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The data.</summary>
    public DataSummary? Data { get; init; }

    /// <summary>The evaluation of the model on rows it was not trained on.</summary>
    public ModelEvaluation? Evaluation { get; init; }

    /// <summary>The same before calibration, on the same rows; null where there was none, or where it changed nothing.</summary>
    public ModelEvaluation? Uncalibrated { get; init; }

    /// <summary>The comparison with another model on the same rows; null where there is none.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>The name of the other model, such as its file's name.</summary>
    public string Against { get; init; } = "";

    /// <summary>The guarantee of the prediction sets and their measured coverage.</summary>
    public PredictionSets? Sets { get; init; }

    /// <summary>The guarantee of the policy and its evaluation, in a sentence or two; null where every row is answered.</summary>
    public string? Policy { get; init; }

    /// <summary>The confusion matrix.</summary>
    public Confusion? Confusion { get; init; }

    /// <summary>The strongest features of each class.</summary>
    public IReadOnlyList<ClassFeatures> Features { get; init; } = [];

    /// <summary>The strongest columns with their mean absolute contribution to the log-odds, where the model has trees.</summary>
    public IReadOnlyList<(string Name, double Weight)> Contributions { get; init; } = [];

    /// <summary>The contest of models: the winner and every candidate's out-of-fold log loss; null where there was one model.</summary>
    public string? Contest { get; init; }

    /// <summary>How the strength of the penalty was chosen.</summary>
    public PathSummary? Path { get; init; }

    /// <summary>The calibrators tried.</summary>
    public CalibrationChoice? Calibration { get; init; }

    /// <summary>The certificate that the training found the optimum.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The wrong predictions of highest confidence, most confident first.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>How to reproduce the result.</summary>
    public Reproduction? Reproduction { get; init; }
}
