using Credence.Data.Scores;
using Credence.Models;
using Credence.Onnx.Format;

namespace Credence.Onnx.Reading;

/// <summary>A classifier in an ONNX file of any system, read and checked in managed code: ONNX Runtime has not seen it yet.</summary>
public sealed class OnnxClassifier
{
    private OnnxClassifier(string name, ModelProto model, ScoreHead head, WrappedRecord? record)
    {
        Calibrator = record?.Calibrator;
        Name = name;
        Model = model;
        Head = head;
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>The calibrator of its scores, where the model is wrapped; else null.</summary>
    public ScoreCalibrator? Calibrator { get; }

    /// <summary>What its output is, in words.</summary>
    public string Found => Head.Text;

    /// <summary>The output that holds the classifier's answer.</summary>
    public string Output => Head.Output;

    /// <summary>The names of its inputs.</summary>
    public IReadOnlyList<string> Inputs
    {
        get
        {
            HashSet<string> initial = [.. Model.Graph.Initializer.Select(tensor => tensor.Name)];
            return [.. Model.Graph.Input.Select(input => input.Name).Where(input => !initial.Contains(input))];
        }
    }

    /// <summary>The names of its outputs, in order.</summary>
    public IReadOnlyList<string> Outputs => [.. Model.Graph.Output.Select(output => output.Name)];

    /// <summary>The version of the standard operators it uses (opset).</summary>
    public long Opset => HeadFinder.OpsetOf(Model);

    /// <summary>The kind of the scores it is cut at; null where only the numbers can tell.</summary>
    public ScoreKind? Kind => Head.Kind;

    /// <summary>Whether a path is named as an ONNX file.</summary>
    public static bool IsNamed(string path) => OnnxFile.IsNamed(path);

    internal ModelProto Model { get; }

    internal ScoreHead Head { get; }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">The output that holds the classifier's answer; null finds it.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, is damaged, holds what is not run, or has no scores: the message says
    /// which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxClassifier Read(string path, string? output = null) => Of(Path.GetFileName(path), OnnxFile.Read(path), output);

    internal static OnnxClassifier Of(string name, ModelProto model, string? output = null)
    {
        WrappedRecord? record = WrappedRecord.Of(model);
        return new(name, model, record?.Head(model.Graph.Output[0].Name) ?? HeadFinder.Find(model, output), record);
    }

    /// <summary>The classes' names that the graph or its metadata state for so many classes, or null.</summary>
    internal IReadOnlyList<string>? Classes(int count) =>
        Head.Classes is { } named && named.Count == count ? named : ClassNames.InMetadata(Model, count);
}
