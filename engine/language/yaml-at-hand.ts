/** Brings the yaml library along, for who uses the engine as a library; imported for its effect. */
import * as yaml from "yaml";
import { provideYaml } from "./yaml-library.ts";

provideYaml(() => yaml);
