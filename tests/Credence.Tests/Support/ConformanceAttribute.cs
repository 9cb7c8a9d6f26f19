namespace Credence.Tests.Support;

/// <summary>On a test: a fault found elsewhere, and what this library does instead. docs/conformance.md is made of these.</summary>
/// <param name="topic">The heading it stands under: "Calibration", "Evaluation", "Prediction sets", "Deciding", "Out of distribution",
/// "Shift".</param>
/// <param name="anchor">Where it was found.</param>
/// <param name="fault">What goes wrong there, in a sentence.</param>
/// <param name="answer">What happens here instead, in a sentence; the test shows it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceAttribute(string topic, string anchor, string fault, string answer) : Attribute
{
    public string Topic { get; } = topic;

    public string Anchor { get; } = anchor;

    public string Fault { get; } = fault;

    public string Answer { get; } = answer;
}
