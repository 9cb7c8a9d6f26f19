namespace Credence.Files.Records;

/// <summary>Unbalanced quotes. A type of its own, because reading restarts without quotes
/// where the options don't require them; else it is rethrown as <see cref="InvalidDataException"/>, which is sealed.</summary>
internal sealed class MisquotedException(string message) : Exception(message);
