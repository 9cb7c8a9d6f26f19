using System.Text;
using System.Text.Json;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Json;

/// <summary>The objects of JSON lines as records: a field of an inner object is named <c>outer.inner</c>, the numbers of a list
/// <c>list[0]</c>, <c>list[1]</c> and so on.</summary>
internal sealed class JsonLinesRecords : IRecords
{
    private const int MaxName = 1024;
    private readonly BoundedLines lines;
    private readonly string file;
    private readonly ReadOptions options;
    private readonly List<string> names;
    private readonly bool learnsNames;
    private readonly bool skipsLists;
    private readonly Dictionary<string, int> fields = new(StringComparer.Ordinal);
    private readonly List<string?> cells = [];
    private readonly HashSet<int> numbers = [];
    private byte[] bytes = new byte[4096];

    /// <summary>Starts at the first line.</summary>
    /// <param name="lines">The lines; this object disposes of them.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="options">Limits, columns left out, and the separator of several labels.</param>
    /// <param name="names">The fields' names.</param>
    /// <param name="learnsNames">Whether new names are added to them; otherwise such fields are skipped.</param>
    /// <param name="skipsLists">Whether lists of other values than numbers are skipped while names are collected.</param>
    public JsonLinesRecords(
        BoundedLines lines, string file, ReadOptions options, List<string> names, bool learnsNames, bool skipsLists = false)
    {
        this.skipsLists = skipsLists;
        this.lines = lines;
        this.file = file;
        this.options = options;
        this.names = names;
        this.learnsNames = learnsNames;
        for (int i = 0; i < names.Count; i++)
            fields[names[i]] = i;
    }

    /// <inheritdoc/>
    public int Fields => names.Count;

    /// <inheritdoc/>
    public long Line => lines.Number;

    /// <inheritdoc/>
    public bool Next()
    {
        while (lines.Read() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;

            cells.Clear();
            numbers.Clear();
            int most = Encoding.UTF8.GetMaxByteCount(line.Length);
            if (bytes.Length < most)
                bytes = new byte[most];

            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, bytes)));
            try
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                    throw NoObject("it begins with another value");

                ReadObject(ref reader, "");
                if (reader.Read())
                    throw NoObject("other text follows it");
            }
            catch (JsonException error)
            {
                throw NoObject($"at byte {error.BytePositionInLine}");
            }
            catch (InvalidOperationException)
            {
                throw NoObject("a text in it is not valid Unicode");
            }

            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<char> Text(int field) => field < cells.Count ? cells[field].AsSpan().Trim() : [];

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number) => NumberParser.TryParse(Text(field), out number);

    /// <inheritdoc/>
    public bool IsNumber(int field) => numbers.Contains(field);

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    private void ReadObject(ref Utf8JsonReader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = prefix + reader.GetString();
            if (name.Length > MaxName)
                throw new InvalidDataException($"{file} line {Line}: the field '{NameDisplay.Shortened(name)}' has a name of "
                    + $"{name.Length:N0} characters, above the limit of {MaxName:N0}. Shorten it.");

            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    ReadObject(ref reader, name + ".");
                    break;
                case JsonTokenType.StartArray:
                    ReadList(ref reader, name);
                    break;
                default:
                    Set(name, Scalar(ref reader), reader.TokenType == JsonTokenType.Number);
                    break;
            }
        }
    }

    private void ReadList(ref Utf8JsonReader reader, string name)
    {
        var items = new List<string?>();
        bool areNumbers = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
                areNumbers = false;
                items.Add(null);
                continue;
            }

            areNumbers &= reader.TokenType is JsonTokenType.Number or JsonTokenType.Null;
            items.Add(Scalar(ref reader));
        }

        if (options.LabelSeparator is { } separator && options.Label == name)
        {
            Set(name, string.Join(separator, items));
        }
        else if (areNumbers)
        {
            for (int i = 0; i < items.Count; i++)
                Set($"{name}[{i}]", items[i], isNumber: true);
        }
        else if (learnsNames && !skipsLists && !options.Drop.Contains(name, StringComparer.Ordinal))
        {
            throw new InvalidDataException(
                $"{file} line {Line}, field '{NameDisplay.Shortened(name)}' is a list of other values than numbers. Such lists can only "
                    + "be read as labels " +
                $"({ReadOptionNames.Label} = '{NameDisplay.Shortened(name)}', {ReadOptionNames.LabelSeparator} = ','); " +
                $"{ReadOptionNames.Drop} leaves them out.");
        }
        else
        {
            Set(name, null);
        }
    }

    private void Set(string name, string? value, bool isNumber = false)
    {
        if (!fields.TryGetValue(name, out int field))
        {
            if (!learnsNames)
                return;

            if (names.Count >= options.MaxColumns)
                throw new InvalidDataException($"{file} line {Line}: more distinct fields than the limit of {options.MaxColumns:N0}.");

            field = names.Count;
            names.Add(name);
            fields.Add(name, field);
        }

        while (cells.Count <= field)
            cells.Add(null);

        cells[field] = value;
        if (isNumber)
            numbers.Add(field);
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    private InvalidDataException NoObject(string why) =>
        new($"{file} line {Line} is not a JSON object ({why}); each line must be one, such as {{\"text\": \"…\", \"label\": \"…\"}}.");
}
