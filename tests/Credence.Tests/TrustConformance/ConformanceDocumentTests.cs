using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.TrustConformance;

public sealed class ConformanceDocumentTests
{
    [Fact]
    public void TheCommittedDocumentIsWhatTheTestsGive()
    {
        string path = ConformanceDocument.Path();
        string text = ConformanceDocument.Text();
        if (Environment.GetEnvironmentVariable("CREDENCE_APPROVE") == "1")
            File.WriteAllText(path, text);

        Assert.True(File.Exists(path), "docs/conformance.md is absent; run this test with CREDENCE_APPROVE=1.");
        Assert.Equal(text, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
