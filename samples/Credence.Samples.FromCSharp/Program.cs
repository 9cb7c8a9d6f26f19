using Credence.Samples.FromCSharp;

switch (args.FirstOrDefault())
{
    case "1":
        S1TrainFromObjects.Run();
        break;
    case "2":
        S2PredictOne.Run();
        break;
    case "3":
        S3Serve.Run(args[1..]);
        break;
    case "4":
        S4CalibrateLogits.Run();
        break;
    case "5":
        S5Sets.Run();
        break;
    case "6":
        S6Decide.Run();
        break;
    default:
        Console.Error.WriteLine("usage: Credence.Samples.FromCSharp 1 to 6, in a folder that holds iris.csv");
        return 2;
}

return 0;
