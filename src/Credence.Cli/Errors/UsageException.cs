namespace Credence.Cli.Errors;

/// <summary>The command was called wrongly: exit code 2.</summary>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class UsageException(string message) : Exception(message);
