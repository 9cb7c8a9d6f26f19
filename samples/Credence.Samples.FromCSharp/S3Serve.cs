using Credence.Models;
using Credence.Models.Files;

namespace Credence.Samples.FromCSharp;

internal static class S3Serve
{
    public static void Run(string[] args)
    {
        #region sample
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(ModelFile.Load("iris.credence"));
        WebApplication app = builder.Build();

        app.MapPost("/predict", (Flower flower, Classifier model) =>
        {
            Prediction prediction = model.PredictOne(flower, new() { Top = 3 });
            return new { prediction.Label, prediction.Probability, prediction.Top, prediction.Set, prediction.Abstain };
        });
        app.MapGet("/model", (Classifier model) => new { model.Classes, model.Facts.Data, model.Facts.TestMetrics });

        app.Run();
        #endregion
    }
}
