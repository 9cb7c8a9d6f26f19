namespace Credence.Cli.Errors;

/// <summary>The command was cancelled and something it wrote is left.</summary>
/// <param name="message">What is left, and what it is for.</param>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
