namespace Credence.Cli.Errors;

/// <summary>A usage error: exit code 2.</summary>
/// <param name="message">What is wrong, and how to correct it.</param>
internal sealed class UsageException(string message) : Exception(message);
