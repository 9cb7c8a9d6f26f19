using System.Text;

namespace Credence.Fuzz.Seeds;

/// <summary>Files of text.</summary>
public static class TextBytes
{
    /// <summary>Rows of csv with quotes, dates and missing cells.</summary>
    public const string Csv =
        "price,colour,day,note,label\n1.5,red,2024-01-01,\"a, b\",x\n,blue,2024-01-02,\"she said "
            + "\"\"no\"\"\",y\n-3e5,NA,2024-02-03,\"two\nlines\",x\n7,red,2024-03-04,plain,y\n";

    /// <summary>JSON lines with inner objects, lists and null.</summary>
    public const string Json =
        "{\"text\": \"héllo \\u00e9\\n\", \"inner\": {\"a\": 1, \"b\": [1, 2.5, null]}, \"label\": true}\n{\"text\": null, \"label\": false, \"more\": -1e3}\n";

    /// <summary>Saved logits.</summary>
    public const string Scores = "cat,dog,bird,label\n1.5,-2,0.25,cat\n0,1,-inf,dog\n3,2,1,bird\n";

    /// <summary>Saved probabilities of more rows, saturated and tied ones among them.</summary>
    public const string Many =
        "a,b,c,label\n1,0,0,a\n1,0,0,b\n0.7,0.2,0.1,a\n0.7,0.2,0.1,a\n0.1,0.1,0.8,c\n0.3,0.4,0.3,b\n0.25,0.25,0.5,c\n0,1,0,b\n0.6,0.3,0.1,\n0.2,0.5,0.3,b\n0.9,0.05,0.05,a\n0.5,0.5,0,b\n";

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
