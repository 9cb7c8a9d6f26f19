namespace Credence.Workflows;

/// <summary>A workflow option is invalid: it is out of range, contradicts another, or doesn't fit the data or the model.</summary>
/// <param name="message">What is wrong, and how to correct it.</param>
/// <param name="option">The option's property name, such as <c>Label</c>; null where the message isn't about one. A caller whose
/// users know
/// the option by another name adds that name to the message.</param>
/// <param name="inner">The exception thrown by the library, or null.</param>
public sealed class WorkflowOptionException(
    string message, string? option = null, Exception? inner = null) : ArgumentException(message, inner)
{
    /// <summary>The option's property name, or null.</summary>
    public string? Option { get; } = option;
}
