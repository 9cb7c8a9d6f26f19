namespace Credence.Files.Records;

/// <summary>Quotes that don't open and close as they should. A derived type of its own, because reading starts again without quotes
/// where nobody asked for them; <see cref="InvalidDataException"/> is sealed, so it becomes one where that is not done.</summary>
internal sealed class MisquotedException(string message) : Exception(message);
