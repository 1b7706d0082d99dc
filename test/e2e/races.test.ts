import { racesOfAdds } from '../support/races.ts'

// The same as on the engine local, with a container for each bot.
racesOfAdds()
