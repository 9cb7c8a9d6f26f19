using Credence.Evaluation;
using Credence.Optimization;
using Credence.Report.Plots;
using Credence.Report.Sections;

namespace Credence.Report.Page;

/// <summary>Everything a report can tell. Only the title is needed: a section appears where its facts are given.</summary>
public sealed record ReportModel
{
    /// <summary>What the report is of, such as "iris.data, class".</summary>
    public required string Title { get; init; }

    /// <summary>What was done, above the title, such as "Training report".</summary>
    public string Kind { get; init; } = "Report";

    /// <summary>The one sentence to remember; where absent it is made from <see cref="Evaluation"/>.</summary>
    public string? Verdict { get; init; }

    /// <summary>What a reader should know before relying on the figures, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the data was.</summary>
    public DataSummary? Data { get; init; }

    /// <summary>The model as it is now, measured on rows it never saw.</summary>
    public ModelEvaluation? Evaluation { get; init; }

    /// <summary>The same before calibration, on the same rows; null where there was none, or where it changed nothing.</summary>
    public ModelEvaluation? Uncalibrated { get; init; }

    /// <summary>How another model did on the same rows; null where none was measured.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>What the other model is called, such as its file's name.</summary>
    public string Against { get; init; } = "";

    /// <summary>What the prediction sets promise and do.</summary>
    public PredictionSets? Sets { get; init; }

    /// <summary>What the policy promises and did, in a sentence or two; null where every row is answered.</summary>
    public string? Policy { get; init; }

    /// <summary>Which class is taken for which.</summary>
    public Confusion? Confusion { get; init; }

    /// <summary>The strongest features of each class.</summary>
    public IReadOnlyList<ClassFeatures> Features { get; init; } = [];

    /// <summary>How the strength of the penalty was chosen.</summary>
    public PathSummary? Path { get; init; }

    /// <summary>Which calibrators were tried.</summary>
    public CalibrationChoice? Calibration { get; init; }

    /// <summary>The proof that the training found the optimum.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The wrong predictions made with the most confidence, the surest first.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>How to make the same again.</summary>
    public Reproduction? Reproduction { get; init; }
}
