import scenario
