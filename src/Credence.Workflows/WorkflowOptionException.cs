namespace Credence.Workflows;

/// <summary>A workflow was called wrongly: an option is out of range, contradicts another, or doesn't fit the data or the model.</summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="option">The property's name of the option, such as <c>Label</c>; null where the message isn't about one. A caller whose
/// users know
/// the option by another name adds that name to the message.</param>
/// <param name="inner">What was thrown by the library, or null.</param>
public sealed class WorkflowOptionException(
    string message, string? option = null, Exception? inner = null) : ArgumentException(message, inner)
{
    /// <summary>The property's name of the option, or null.</summary>
    public string? Option { get; } = option;
}
