namespace Credence.Cli.Errors;

/// <summary>The command was cancelled and left a file behind.</summary>
/// <param name="message">The file left behind, and its use.</param>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
