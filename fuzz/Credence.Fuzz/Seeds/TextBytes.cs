using System.Text;

namespace Credence.Fuzz.Seeds;

/// <summary>Files of text.</summary>
public static class TextBytes
{
    /// <summary>Rows of csv with quotes, dates and missing cells.</summary>
    public const string Csv =
        "price,colour,day,note,label\n1.5,red,2024-01-01,\"a, b\",x\n,blue,2024-01-02,\"she said \"\"no\"\"\",y\n-3e5,NA,2024-02-03,\"two\nlines\",x\n7,red,2024-03-04,plain,y\n";

    /// <summary>JSON lines with inner objects, lists and null.</summary>
    public const string Json =
        "{\"text\": \"héllo \\u00e9\\n\", \"inner\": {\"a\": 1, \"b\": [1, 2.5, null]}, \"label\": true}\n{\"text\": null, \"label\": false, \"more\": -1e3}\n";

    /// <summary>Saved logits.</summary>
    public const string Scores = "cat,dog,bird,label\n1.5,-2,0.25,cat\n0,1,-inf,dog\n3,2,1,bird\n";

    /// <summary>A text in each encoding that is read.</summary>
    public static IReadOnlyList<byte[]> InEachEncoding(string text) =>
    [
        Encoding.UTF8.GetBytes(text),
        [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        Encoding.Latin1.GetBytes(text.Replace("plain", "caf\u00e9", StringComparison.Ordinal)),
        ArrayBytes.Gzip(Encoding.UTF8.GetBytes(text)),
    ];
}
