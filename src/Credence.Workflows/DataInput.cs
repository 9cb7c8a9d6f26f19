using Credence.Data.Columns;
using Credence.Files;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Models;

namespace Credence.Workflows;

/// <summary>The rows to read: their files and how to read them.</summary>
/// <param name="Paths">Files of one format, or one folder, or <c>-</c> for standard input.</param>
public sealed record DataInput(IReadOnlyList<string> Paths)
{
    /// <summary>One file, or a folder.</summary>
    public DataInput(string path)
        : this([path])
    {
    }

    /// <summary>The read options; what they leave null is detected.</summary>
    public ReadOptions Reading { get; init; } = new();

    /// <summary>Opens the stream for <c>-</c>; null where there is none.</summary>
    public Func<Stream>? StandardInput { get; init; }

    /// <summary>The name of the first file, without its folder.</summary>
    public string Name => FileName(Paths[0]);

    /// <summary>Opens the rows.</summary>
    /// <param name="known">The columns a model needs; null to detect them.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="WorkflowOptionException">An option is not valid, or names a column that doesn't exist.</exception>
    /// <exception cref="InvalidDataException">The data can't be read: the message says where and why.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public IRowSource Open(IReadOnlyList<ColumnSchema>? known = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return DataFiles.Open(Paths, Reading, known, Paths.Contains("-") ? StandardInput?.Invoke() : null, cancellationToken);
        }
        catch (ArgumentException error)
        {
            throw new WorkflowOptionException(error.Message, inner: error);
        }
    }

    /// <summary>The same rows, read as a model's training rows were: the options say what they say, the model's layout the rest.</summary>
    internal DataInput LikeTraining(TrainingFacts facts) => this with { Reading = Reading with { Layout = facts.Layout } };

    /// <summary>As <see cref="LikeTraining"/>, with the labels that the model knows where no option says where they are.</summary>
    internal DataInput LabelledLikeTraining(TrainingFacts facts)
    {
        DataInput like = LikeTraining(facts);
        bool isSaid = (Reading.Label ?? Reading.LabelsFile ?? Reading.LabelPattern) is not null;
        return isSaid || facts.Layout is not { Labels.Count: > 0 } layout ? like : like with
        {
            Reading = like.Reading with
            {
                Label = string.Join(',', layout.Labels),
                LabelSeparator = Reading.LabelSeparator ?? layout.LabelSeparator,
            },
        };
    }

    internal static string FileName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
