using System.Security.Cryptography;
using System.Text;

namespace Credence.Report.Page;

/// <summary>The embedded style sheet, and the content security policy that allows nothing else.</summary>
public static class StyleSheet
{
    /// <summary>The style sheet's text.</summary>
    public static string Text { get; } = Read();

    /// <summary>A content security policy: no script, no request, this style sheet only.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'; base-uri "
            + "'none'; form-action 'none'";

    private static string Read()
    {
        using Stream stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The assembly lacks its resource 'report.css'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
