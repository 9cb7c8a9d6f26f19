using System.Text;
using System.Text.Json;

namespace Credence.Persistence;

/// <summary>The limits of a model file's JSON. A parser makes an object of some 200 bytes of every value, which may take three.</summary>
internal static class JsonLimits
{
    /// <summary>The maximum length of the description, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 25;

    /// <summary>The maximum number of values in it, or in the header around it.</summary>
    public const int MaxValues = 1 << 21;

    /// <summary>Checks a description before it is parsed.</summary>
    /// <exception cref="InvalidDataException">It is too long, or has too many values.</exception>
    /// <exception cref="JsonException">It is not valid JSON.</exception>
    public static void CheckDescription(string description, int maxDepth)
    {
        int length = Encoding.UTF8.GetByteCount(description);
        if (length > MaxBytes)
        {
            throw new InvalidDataException($"The model's description has {length:N0} bytes, above the limit of {MaxBytes:N0}. Train on fewer "
                + "columns, or on shorter names of columns and classes.");
        }

        CheckValues(Encoding.UTF8.GetBytes(description), maxDepth);
    }

    /// <summary>Counts the values of a JSON text.</summary>
    /// <exception cref="InvalidDataException">It has too many.</exception>
    /// <exception cref="JsonException">It is not valid JSON.</exception>
    public static void CheckValues(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        int values = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject)
                continue;

            if (++values > MaxValues)
            {
                throw new InvalidDataException($"The model's description has more than {MaxValues:N0} values, the limit. Train on fewer "
                    + "columns.");
            }
        }
    }
}
